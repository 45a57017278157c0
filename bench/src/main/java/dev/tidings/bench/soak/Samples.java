package dev.tidings.bench.soak;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What was sampled, in order of time.
final class Samples {
    private final Map<Figure, List<Trend.Sample>> all = new EnumMap<>(Figure.class);

    Samples() {
        for (Figure figure : Figure.values()) {
            all.put(figure, new ArrayList<>());
        }
    }

    void add(Figure figure, double hour, double value) {
        all.getOrDefault(figure, List.of()).add(new Trend.Sample(hour, value));
    }

    List<Trend.Sample> of(Figure figure) {
        return List.copyOf(all.getOrDefault(figure, List.of()));
    }

    /// The trend after a quarter of the time: until then caches fill, code is compiled, retention has nothing to do.
    Trend trend(Figure figure) {
        List<Trend.Sample> samples = of(figure);
        return Trend.of(samples.subList(samples.size() / 4, samples.size()));
    }
}
