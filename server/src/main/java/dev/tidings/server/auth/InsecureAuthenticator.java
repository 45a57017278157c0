package dev.tidings.server.auth;

import dev.tidings.model.Caller;
import dev.tidings.model.ClientName;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Believes everybody: `Authorization: Bearer <client name>` is that client, no header is `guest`. Only for a
/// server that was told to be insecure.
public final class InsecureAuthenticator implements Authenticator {
    public InsecureAuthenticator() {}

    private static final String SCHEME = "Bearer ";
    private static final CompletionStage<Authentication> GUEST =
            CompletableFuture.completedStage(new Authentication.Known(new Caller(new ClientName("guest"))));

    @Override
    public CompletionStage<Authentication> authenticate(Credentials credentials) {
        String header = credentials.authorization();
        return header == null ? GUEST : CompletableFuture.completedStage(believe(header));
    }

    private static Authentication believe(String header) {
        if (header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            var name = ClientName.parse(header.substring(SCHEME.length()).strip());
            if (name.isPresent()) {
                return new Authentication.Known(new Caller(name.get()));
            }
        }
        return new Authentication.Unknown(Refusal.of(
                ErrorCode.UNAUTHENTICATED,
                "this server is insecure and believes 'Authorization: Bearer <client name>', or no header at all"
                        + " for the client 'guest'; it found neither"));
    }
}
