package dev.tidings.model;

/// Who makes a request, proven by a credential. What it may do, the catalog says at the moment it is asked.
public record Caller(ClientName client) {}
