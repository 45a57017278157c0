/// The broker as the SDK reaches it.
@NullMarked
package dev.tidings.client.http;

import org.jspecify.annotations.NullMarked;
