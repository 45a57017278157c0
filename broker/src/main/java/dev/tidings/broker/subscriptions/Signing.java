package dev.tidings.broker.subscriptions;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The signing secrets of a subscription, the newest first.
record Signing(List<SigningSecret> secrets) {
    private static final int BYTES = 32;
    /// Each makes a signature of every request.
    private static final int MOST = 4;

    static SigningSecret fresh(SecureRandom random, Instant now) {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        return new SigningSecret(new Secret("whsec_" + Base64.getEncoder().encodeToString(secret)), now, null);
    }

    /// With a new one before them, beside which the newest of them is used for so long.
    List<SigningSecret> rotated(SigningSecret fresh, Duration overlap, Instant now) {
        List<SigningSecret> rotated = new ArrayList<>();
        rotated.add(fresh);
        for (SigningSecret secret : secrets) {
            SigningSecret old =
                    new SigningSecret(secret.secret(), secret.created(), earlier(secret.until(), now.plus(overlap)));
            if (old.inForce(now) && rotated.size() < MOST) {
                rotated.add(old);
            }
        }
        return rotated;
    }

    private static Instant earlier(@Nullable Instant one, Instant other) {
        return one != null && one.isBefore(other) ? one : other;
    }
}
