package dev.tidings.it.crash;

/// Configurations of servers.
final class Restless {
    /// A store so small that it makes checkpoints all the time, goes round its ring and seals segments; and instances
    /// that nobody calls any more expire soon.
    static final String CONFIGURATION = """
            store:
              ring: { files: 3, file-size: 384KiB }
              commit: { group: 64KiB, batch: 256KiB, queue: 1MiB }
              stage: { tail-memory: 48KiB, segment-size: 32KiB, carried: 4KiB }
              space: { reserve: 128KiB, nearly-full: 1MiB }
            server:
              polling: { timeout: 1s, longest: 1s, expiry: 2s }
              http:
                limits: { request: 64KiB, document: 1MiB, bodies: 8MiB, on-loop: 16KiB }
              events: { event: 8KiB, batch: 200 }
            broker:
              publishing: { event: 8KiB }
            """;

    private Restless() {}
}
