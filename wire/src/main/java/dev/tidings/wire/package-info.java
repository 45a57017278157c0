/// CloudEvents in the binary, structured and batch modes of the HTTP binding, the messages of the WebSocket
/// protocol, and problem documents. Pure: bytes in, values out, and back.
@NullMarked
package dev.tidings.wire;

import org.jspecify.annotations.NullMarked;
