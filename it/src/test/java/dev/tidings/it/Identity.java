package dev.tidings.it;

import java.net.http.HttpClient;
import org.jspecify.annotations.Nullable;

/// Somebody who calls.
///
/// @param name          in the table of what was tried
/// @param http          speaks TLS with the certificate it has, if any
/// @param authorization the header; null: none
/// @param rights        of the client that it proves to be; null: it proves nothing
record Identity(
        String name,
        HttpClient http,
        @Nullable String authorization,
        @Nullable Rights rights) {}
