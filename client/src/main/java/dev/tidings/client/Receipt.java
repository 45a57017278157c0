package dev.tidings.client;

/// Events are durable.
///
/// @param accepted   how many the request had, duplicates among them
/// @param duplicates how many of them the broker had already
public record Receipt(int accepted, int duplicates) {}
