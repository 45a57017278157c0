package dev.tidings.bench.curves;

import dev.tidings.bench.ServerProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Against the number of groups.
final class GroupsCurve {
    private static final int TYPES = 1_000;
    private static final int[] STEPS = {1, 10, 100, 1_000};
    private static final int STREAMS = TYPES / Parcels.TYPES_PER_STREAM;

    private GroupsCurve() {}

    static List<Reading> draw(Rig rig) throws IOException, InterruptedException {
        List<Reading> readings = new ArrayList<>();
        try (ServerProcess server = rig.server(Parcels.catalog(TYPES));
                Crowd quiet = new Crowd(rig.vertx(), server.port(), 100)) {
            for (int groups : STEPS) {
                quiet.grow(groups, GroupsCurve::quietGroup);
                Reading reading = Reading.at(groups);
                rig.memory(server, reading);
                readings.add(reading);
            }
        }
        try (ServerProcess server = rig.server(Parcels.catalog(TYPES));
                Crowd quiet = new Crowd(rig.vertx(), server.port(), 100)) {
            rig.warmUp(server, TYPES);
            Parcels parcels = new Parcels();
            for (Reading reading : readings) {
                quiet.grow((int) reading.x(), GroupsCurve::quietGroup);
                reading.with(Reading.Quantity.PUBLISH, rig.steadily(server, parcels, TYPES));
            }
        }
        for (Reading reading : readings) {
            reading.with(Reading.Quantity.CONSUME, sharing(rig, (int) reading.x()));
        }
        return readings;
    }

    private static String quietGroup(int number) {
        return "from=latest&group=quiet%d&types=%s".formatted(number, Parcels.quietType(number % STREAMS));
    }

    /// In a server of their own, so that only these groups are there.
    private static double sharing(Rig rig, int groups) throws IOException, InterruptedException {
        try (ServerProcess server = rig.server(Parcels.catalog(TYPES));
                Crowd crowd = new Crowd(rig.vertx(), server.port(), 20)) {
            rig.warmUp(server, TYPES);
            crowd.grow(groups, number -> "from=latest&group=busy" + number + types(number, TYPES / groups));
            return rig.steadily(server, new Parcels(), TYPES);
        }
    }

    /// The share of a group, types beside each other; all of them are not named.
    private static String types(int group, int share) {
        StringBuilder types = new StringBuilder();
        if (share < TYPES) {
            for (int i = 0; i < share; i++) {
                types.append(i == 0 ? "&types=" : ",").append(Parcels.type(group * share + i));
            }
        }
        return types.toString();
    }
}
