package dev.tidings.server.http;

import dev.tidings.server.auth.Authenticator;
import java.util.concurrent.Executor;

/// What all exchanges of one event loop need.
///
/// @param workers run what would hold up the event loop
record ExchangeParts(
        HttpConfig config,
        HttpLoop loop,
        Authenticator authenticator,
        ProblemAnswers problems,
        Refusals refusals,
        BodyBudget budget,
        Executor workers) {}
