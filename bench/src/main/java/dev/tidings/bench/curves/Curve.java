package dev.tidings.bench.curves;

import dev.tidings.bench.Load;
import dev.tidings.bench.ServerProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What can be varied.
enum Curve {
    TYPES("event types in use", "10 to a stream; batches of 100, 20,000 events/s; one group consumes all") {
        @Override
        List<Reading> draw(Rig rig) throws IOException, InterruptedException {
            List<Reading> readings = new ArrayList<>();
            int[] steps = {1, 10, 100, 1_000, 10_000};
            try (ServerProcess server = rig.server(Parcels.catalog(steps[steps.length - 1]))) {
                rig.warmUp(server, 1);
                Parcels parcels = new Parcels();
                for (int types : steps) {
                    Reading reading =
                            Reading.at(types).with(Reading.Quantity.PUBLISH, rig.steadily(server, parcels, types));
                    try (Crowd crowd = new Crowd(rig.vertx(), server.port(), 100)) {
                        crowd.grow(4, number -> "from=latest&group=types" + types);
                        reading.with(Reading.Quantity.CONSUME, rig.steadily(server, parcels, types));
                    }
                    rig.memory(server, reading);
                    readings.add(reading);
                }
            }
            return readings;
        }
    },
    GROUPS(
            "groups, one open instance each",
            "1,000 types in 100 streams; batches of 100, 20,000 events/s. Publishing alone: no group's type gets any event. With consuming: each event goes to one of the groups. Memory before any load") {
        @Override
        List<Reading> draw(Rig rig) throws IOException, InterruptedException {
            return GroupsCurve.draw(rig);
        }
    },
    IDLE(
            "idle WebSockets",
            "of one group that gets no event; batches of 100, 20,000 events/s; memory before any load") {
        @Override
        List<Reading> draw(Rig rig) throws IOException, InterruptedException {
            List<Reading> readings = new ArrayList<>();
            int[] steps = {0, 10, 100, 1_000, 10_000};
            try (ServerProcess server = rig.server(Parcels.catalog(100));
                    Crowd crowd = new Crowd(rig.vertx(), server.port(), 100)) {
                for (int idle : steps) {
                    crowd.grow(idle, number -> "group=idle&types=" + Parcels.quietType(0));
                    Reading reading = Reading.at(idle);
                    rig.memory(server, reading);
                    readings.add(reading);
                }
                rig.warmUp(server, 100);
                Parcels parcels = new Parcels();
                for (Reading reading : readings.reversed()) {
                    crowd.shrink((int) reading.x());
                    reading.with(Reading.Quantity.PUBLISH, rig.steadily(server, parcels, 100));
                }
            }
            return readings;
        }
    },
    BACKLOG("events stored", "150 bytes each, without deduplication; a new group catches up from the oldest") {
        @Override
        List<Reading> draw(Rig rig) throws IOException, InterruptedException {
            return BacklogCurve.draw(rig);
        }
    },
    BATCH("events a request", "16 connections, each sends as soon as it has its answer") {
        @Override
        List<Reading> draw(Rig rig) throws IOException, InterruptedException {
            List<Reading> readings = new ArrayList<>();
            int[] steps = {1, 3, 10, 30, 100, 300, 1_000};
            try (ServerProcess server = rig.server(Parcels.catalog(100))) {
                rig.warmUp(server, 100);
                Parcels parcels = new Parcels();
                for (int events : steps) {
                    Load.Plan plan = events == 1
                            ? Load.Plan.singles(server.port(), 16, 0)
                            : Load.Plan.batches(server.port(), 16, events, 0);
                    readings.add(Reading.at(events)
                            .with(Reading.Quantity.PUBLISH, rig.cost(server, plan, parcels.bodies(events, 100))));
                }
            }
            return readings;
        }
    },
    CONCURRENCY("connections", "single events; each connection sends as soon as it has its answer") {
        @Override
        List<Reading> draw(Rig rig) throws IOException, InterruptedException {
            List<Reading> readings = new ArrayList<>();
            int[] steps = {1, 4, 16, 64, 256};
            try (ServerProcess server = rig.server(Parcels.catalog(100))) {
                rig.warmUp(server, 100);
                Parcels parcels = new Parcels();
                rig.cost(server, Load.Plan.singles(server.port(), 64, 0), parcels.bodies(1, 100));
                for (int connections : steps) {
                    Load.Plan plan = Load.Plan.singles(server.port(), connections, 0);
                    readings.add(Reading.at(connections)
                            .with(Reading.Quantity.PUBLISH, rig.cost(server, plan, parcels.bodies(1, 100))));
                }
            }
            return readings;
        }
    };

    private final String varies;
    private final String conditions;

    Curve(String varies, String conditions) {
        this.varies = varies;
        this.conditions = conditions;
    }

    String varies() {
        return varies;
    }

    String conditions() {
        return conditions;
    }

    abstract List<Reading> draw(Rig rig) throws IOException, InterruptedException;
}
