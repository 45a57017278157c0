package dev.tidings.callback;

import dev.tidings.broker.subscriptions.SinkGuard;
import dev.tidings.callback.sink.Guard;
import dev.tidings.callback.sink.SinkAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Tells whoever creates a subscription what is wrong with its sink, as far as that shows before it is called.
public record CallbackGuard(Guard guard) implements SinkGuard {
    @Override
    public @Nullable String objection(URI sink) {
        return switch (SinkAddress.of(sink)) {
            case SinkAddress.Parsed.Bad(String why) -> why;
            case SinkAddress.Parsed.Good(SinkAddress address) -> guard.objection(address);
        };
    }
}
