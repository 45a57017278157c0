package dev.tidings.client;

/// How events come to listeners.
public enum Transport {
    /// By WebSocket; by long polling where something on the way refuses WebSockets, until that connection ends.
    AUTOMATIC,
    /// By WebSocket only.
    WEB_SOCKET,
    /// By long polling only.
    LONG_POLLING
}
