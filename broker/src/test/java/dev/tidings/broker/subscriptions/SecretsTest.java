package dev.tidings.broker.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.subscriptions.SubscriptionOutcome.Done;
import dev.tidings.model.Bytes;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of the secrets of subscriptions when they are changed, and who may read them.
class SecretsTest {
    private static final String SHOP = "https://shop.example.org/events";
    private static final String CERTIFICATE = """
            -----BEGIN CERTIFICATE-----
            MIIBczCCARmgAwIBAgIUZ2wxf7LFhcLz2VF51dgYCz+KiygwCgYIKoZIzj0EAwIw
            DjEMMAoGA1UEAwwDb25lMCAXDTI2MTEyODExMzAyMFoYDzIxMjYxMTA0MTEzMDIw
            WjAOMQwwCgYDVQQDDANvbmUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATS23tQ
            75YVAJ9LYuTcmfRN5OJ8yAQQsKbZ4KpobOoRyJ6APy4hPSLwcw/f+NNrmbQtSOws
            aN7OYjGFSFRZrpoYo1MwUTAdBgNVHQ4EFgQU5o78lUU6t4QzH1WWd1B+QJMkuK0w
            HwYDVR0jBBgwFoAU5o78lUU6t4QzH1WWd1B+QJMkuK0wDwYDVR0TAQH/BAUwAwEB
            /zAKBggqhkjOPQQDAgNIADBFAiBUd/aH0ZYvtmI/EE/jvdhU9sPjXfG8d10JELkw
            oIPfPgIhAN1sAMlpa3QOPW1Vdo9qAiSDozTGHxFHyciPVe1jyMpV
            -----END CERTIFICATE-----
            """;
    private static final String KEY = """
            -----BEGIN PRIVATE KEY-----
            MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgy9qLEs5MH9EcET6K
            BtJVgcuuTjM38KgjS47iwpCTQdyhRANCAATS23tQ75YVAJ9LYuTcmfRN5OJ8yAQQ
            sKbZ4KpobOoRyJ6APy4hPSLwcw/f+NNrmbQtSOwsaN7OYjGFSFRZrpoY
            -----END PRIVATE KEY-----
            """;
    private static final String OTHER_CERTIFICATE = """
            -----BEGIN CERTIFICATE-----
            MIIBdzCCAR2gAwIBAgIUVWnEhFag0a2LXqhNQ64/hDKNOMQwCgYIKoZIzj0EAwIw
            EDEOMAwGA1UEAwwFb3RoZXIwIBcNMjYxMTI4MTEzMDIwWhgPMjEyNjExMDQxMTMw
            MjBaMBAxDjAMBgNVBAMMBW90aGVyMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
            y8kep2uSUfVVZMzqvExVGdXExtmMIIHB2QyN4rF51Et7Liu8/62vaSsjwfhHZsro
            YI2gSuudhvGODZtJz7xNAKNTMFEwHQYDVR0OBBYEFGa0ufRmGDXY46PPw1uHd1W5
            Nh0IMB8GA1UdIwQYMBaAFGa0ufRmGDXY46PPw1uHd1W5Nh0IMA8GA1UdEwEB/wQF
            MAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhAKVqnD91uQRhNSMpWzeLQ+Afx9QIg0GA
            oRiMy6EKcWj7AiAk41H/LzOUT+zsqCHtVI0iDR/s0PyOx9pfI+EQYDw4wA==
            -----END CERTIFICATE-----
            """;
    private final Room room = new Room();

    @Test
    void opensNothingThatWasSealedForSomethingElseOrWithAnotherKey() {
        SecureRandom random = new SecureRandom();
        Seal seal = new Seal(Seal.newKey(random), random);
        String sealed = seal.seal(new Secret("hush"), "a/signing");

        assertThat(seal.open(sealed, "a/signing")).contains(new Secret("hush"));
        assertThat(seal.open(sealed, "b/signing")).isEmpty();
        assertThat(seal.open(sealed.substring(4), "a/signing")).isEmpty();
        assertThat(new Seal(Seal.newKey(random), random).open(sealed, "a/signing"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example.org/events",
                "https://shop.example.org:8443/events",
                "http://shop.example.org/events"
            })
    void areHandedToNoOtherSinkThanTheyWereGivenFor(String other) {
        Subscription subscription = room.create(with(SHOP, password("me", "s3cret")));

        assertThat(refused(subscription, with(other, password("me", null)))).isEqualTo("/sinkcredential/secret");
        assertThat(room.replace(subscription, with(SHOP + "/deeper", password("me", null)))
                        .sink()
                        .credential())
                .isEqualTo(new Credential.Plain("me", new Secret("s3cret")));
    }

    @Test
    void areNotThoseOfAnotherUser() {
        Subscription subscription = room.create(with(SHOP, password("me", "s3cret")));

        assertThat(refused(subscription, with(SHOP, password("you", null)))).isEqualTo("/sinkcredential/secret");
    }

    @Test
    void areTheKeyOfTheCertificateBesideThem() {
        Subscription subscription = room.create(with(SHOP, certificate(CERTIFICATE, KEY)));

        assertThat(room.replace(subscription, with(SHOP, certificate(CERTIFICATE, null)))
                        .sink()
                        .credential())
                .isEqualTo(new Credential.Certificate(CERTIFICATE, new Secret(KEY)));
        Subscription now = room.store.find(subscription.id()).orElseThrow();
        assertThat(refused(now, with(SHOP, certificate(OTHER_CERTIFICATE, null))))
                .isEqualTo("/sinkcredential/key");
        assertThat(refused(now, with(SHOP, certificate(OTHER_CERTIFICATE, KEY))))
                .isEqualTo("/sinkcredential/key");
    }

    @Test
    void areNoMoreThanFourHoweverOftenTheyRotate() {
        Subscription subscription = room.create(Room.PLAIN);
        for (int i = 0; i < 10; i++) {
            Done rotated = (Done) room.now(room.store.rotate(Room.target(subscription), Duration.ofDays(1)));
            subscription = rotated.subscription();
        }

        assertThat(subscription.sink().signing()).hasSize(4);
    }

    private String refused(Subscription subscription, String json) {
        Refusal refusal = room.refusal(room.store.replace(Room.target(subscription), Bytes.utf8(json)));
        assertThat(refusal.code()).isEqualTo(ErrorCode.MALFORMED_REQUEST);
        return refusal.flaws().getFirst().pointer();
    }

    private static String with(String sink, String credential) {
        return "{\"sink\": \"" + sink + "\", \"protocol\": \"HTTP\", \"sinkcredential\": {" + credential + "}}";
    }

    private static String password(String user, String secret) {
        return "\"credentialtype\": \"PLAIN\", \"identifier\": \"" + user + "\""
                + (secret == null ? "" : ", \"secret\": \"" + secret + "\"");
    }

    private static String certificate(String chain, String key) {
        return "\"credentialtype\": \"CERTIFICATE\", \"certificate\": \"" + escaped(chain) + "\""
                + (key == null ? "" : ", \"key\": \"" + escaped(key) + "\"");
    }

    private static String escaped(String pem) {
        return pem.replace("\n", "\\n");
    }
}
