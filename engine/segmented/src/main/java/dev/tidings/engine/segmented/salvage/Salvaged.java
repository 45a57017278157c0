package dev.tidings.engine.segmented.salvage;

import dev.tidings.model.StreamName;
import java.util.List;

/// What became of a damaged store.
///
/// @param streams by number
/// @param notes   what could not be read or is not certain, in words
public record Salvaged(List<OfStream> streams, List<String> notes) {
    public Salvaged {
        streams = List.copyOf(streams);
        notes = List.copyOf(notes);
    }

    public long kept() {
        return streams.stream().mapToLong(OfStream::kept).sum();
    }

    public long lost() {
        return streams.stream().mapToLong(OfStream::lost).sum();
    }

    /// What became of a stream.
    ///
    /// @param kept how many events there are in the new store
    /// @param gaps the positions of those that are lost, ascending
    public record OfStream(StreamName stream, long kept, List<Gap> gaps) {
        public OfStream {
            gaps = List.copyOf(gaps);
        }

        public long lost() {
            return gaps.stream().mapToLong(gap -> gap.next - gap.first).sum();
        }
    }

    /// Positions from `first` to before `next`.
    public record Gap(long first, long next) {}
}
