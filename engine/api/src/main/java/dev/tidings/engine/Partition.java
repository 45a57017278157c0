package dev.tidings.engine;

import dev.tidings.model.StreamName;

/// A part of a stream in which positions are totally ordered; all events of one key are in one partition. The
/// embedded engine has one partition a stream, numbered 0.
public record Partition(StreamName stream, int number) implements Comparable<Partition> {
    public static Partition only(StreamName stream) {
        return new Partition(stream, 0);
    }

    @Override
    public int compareTo(Partition other) {
        int byStream = stream.compareTo(other.stream);
        return byStream != 0 ? byStream : Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return stream + "[" + number + "]";
    }
}
