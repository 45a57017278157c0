package dev.tidings.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.ClientEntry.Credential;
import dev.tidings.server.fake.FixedCatalogs;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class StartRulesTest {
    private final Catalog withCredentials = new FixedCatalogs()
            .client("shop", new Credential.ApiKey("00".repeat(32)))
            .current();
    private final Catalog without = new FixedCatalogs().client("shop").current();

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void letsASecureServerStartWhereSomebodyHasACredential() {
        assertThat(StartRules.objection(withCredentials, false, address("0.0.0.0")))
                .isEmpty();
    }

    @Test
    void objectsToAServerThatNobodyCouldUse() {
        assertThat(StartRules.objection(without, false, address("127.0.0.1")))
                .hasValueSatisfying(text -> assertThat(text).contains("--insecure"));
    }

    @Test
    void letsAnInsecureServerListenOnLoopbackOnly() {
        assertThat(StartRules.objection(without, true, address("127.0.0.1"))).isEmpty();
        assertThat(StartRules.objection(without, true, address("::1"))).isEmpty();
        assertThat(StartRules.objection(without, true, address("0.0.0.0"))).isPresent();
        assertThat(StartRules.objection(withCredentials, true, address("192.0.2.7")))
                .isPresent();
    }
}
