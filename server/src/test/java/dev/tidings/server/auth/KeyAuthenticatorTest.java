package dev.tidings.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.Caller;
import dev.tidings.model.ClientName;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class KeyAuthenticatorTest {
    private static final Authentication OTHER = known("other");

    private final KeyAuthenticator authenticator =
            new KeyAuthenticator("0a1b", _ -> CompletableFuture.completedStage(OTHER));

    @Test
    void letsInWhoeverHasTheKeyAsTheGuest() {
        assertThat(authenticated("Bearer 0a1b")).isEqualTo(known("guest"));
        assertThat(authenticated("bearer  0a1b ")).isEqualTo(known("guest"));
    }

    @Test
    void letsInWhoeverHasTheKeyAsTheClientThatIsNamed() {
        assertThat(authenticated("Bearer 0a1b/shop")).isEqualTo(known("shop"));
    }

    @Test
    void leavesEverybodyElseToOthers() {
        assertThat(authenticated(null)).isEqualTo(OTHER);
        assertThat(authenticated("Bearer 0a1c")).isEqualTo(OTHER);
        assertThat(authenticated("Bearer 0a1")).isEqualTo(OTHER);
        assertThat(authenticated("Bearer /shop")).isEqualTo(OTHER);
        assertThat(authenticated("Bearer 0a1b/")).isEqualTo(OTHER);
        assertThat(authenticated("Basic 0a1b")).isEqualTo(OTHER);
    }

    private Authentication authenticated(String header) {
        return authenticator
                .authenticate(new Credentials(header, null))
                .toCompletableFuture()
                .join();
    }

    private static Authentication known(String client) {
        return new Authentication.Known(new Caller(new ClientName(client)));
    }
}
