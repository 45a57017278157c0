package dev.tidings.broker.dispatch;

/// An unsettled event of a lane.
record LaneEvent(long position, int bytes, long acceptedMillis) {}
