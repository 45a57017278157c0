package dev.tidings.dist.demo;

/// How many events went which way. Group `map` is pushed to over WebSocket, group `archive` polls.
record Counts(int accepted, int rejected, int pushed, int pushConfirmed, int dead, int polled, int pollConfirmed) {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);

    Counts plusAccepted(int events) {
        return new Counts(accepted + events, rejected, pushed, pushConfirmed, dead, polled, pollConfirmed);
    }

    Counts plusRejected() {
        return new Counts(accepted, rejected + 1, pushed, pushConfirmed, dead, polled, pollConfirmed);
    }

    Counts plusPushed() {
        return new Counts(accepted, rejected, pushed + 1, pushConfirmed, dead, polled, pollConfirmed);
    }

    Counts plusPushConfirmed(int events) {
        return new Counts(accepted, rejected, pushed, pushConfirmed + events, dead, polled, pollConfirmed);
    }

    Counts plusDead() {
        return new Counts(accepted, rejected, pushed, pushConfirmed, dead + 1, polled, pollConfirmed);
    }

    Counts plusPolled(int events) {
        return new Counts(accepted, rejected, pushed, pushConfirmed, dead, polled + events, pollConfirmed);
    }

    Counts plusPollConfirmed(int events) {
        return new Counts(accepted, rejected, pushed, pushConfirmed, dead, polled, pollConfirmed + events);
    }

    /// Whether every accepted event has reached both groups and was settled there.
    boolean settled() {
        return pushConfirmed + dead == accepted && pollConfirmed == accepted;
    }

    String line() {
        return "produced " + (accepted + rejected) + ", rejected " + rejected + " | map " + pushed + ", confirmed "
                + pushConfirmed + ", dead " + dead + " | archive " + polled + ", confirmed " + pollConfirmed;
    }
}
