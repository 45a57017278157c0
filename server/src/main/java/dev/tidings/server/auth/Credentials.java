package dev.tidings.server.auth;

import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// What a request brought along to prove who makes it.
///
/// @param authorization the `Authorization` header as it stands; null where there is none
/// @param tls           the connection's TLS session, with the client's certificate where it gave one; null
///                      without TLS
public record Credentials(
        @Nullable String authorization, @Nullable SSLSession tls) {}
