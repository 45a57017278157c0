package dev.tidings.broker.payloads;

/// What an operator wants to know of payloads.
///
/// @param payloads      that are complete
/// @param bytes         that they and unfinished uploads take
/// @param uploads       that are not finished
/// @param transfers     on their way, in or out
/// @param stored        payloads completed since the start
/// @param storedBytes   their bytes
/// @param collected     payloads removed since the start: nothing refers to them any more
/// @param damaged       payloads whose file is missing or not as long as it was, at the start
public record PayloadFigures(
        int payloads,
        long bytes,
        int uploads,
        int transfers,
        long stored,
        long storedBytes,
        long collected,
        int damaged) {}
