package dev.tidings.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.ClientName;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ApiKeysTest {
    private static final ClientName SHOP = new ClientName("shop");
    private static final ClientName DESK = new ClientName("desk");

    private final ApiKeys keys = new ApiKeys();

    @Test
    void compareAllOfAHash() {
        byte[] hash = Sha256.of("shop");
        keys.add(hash, SHOP);

        assertThat(keys.owner(hash.clone())).isEqualTo(SHOP);
        for (int i = 0; i < hash.length * 8; i++) {
            byte[] other = hash.clone();
            other[i / 8] ^= (byte) (1 << i % 8);

            assertThat(keys.owner(other)).as("bit %d is another", i).isNull();
        }
    }

    @Test
    void takeNoBeginningOfAHashForIt() {
        byte[] hash = Sha256.of("shop");
        keys.add(hash, SHOP);

        assertThat(keys.owner(Arrays.copyOf(hash, 16))).isNull();
        assertThat(keys.owner(Arrays.copyOf(hash, 33))).isNull();
    }

    @Test
    void tellApartHashesThatBeginAlike() {
        byte[] shop = Sha256.of("shop");
        byte[] desk = shop.clone();
        desk[31] ^= 1;
        keys.add(shop, SHOP);
        keys.add(desk, DESK);

        assertThat(keys.owner(shop)).isEqualTo(SHOP);
        assertThat(keys.owner(desk)).isEqualTo(DESK);
    }

    @Test
    void belongToNobodyWhereTwoClaimOne() {
        byte[] hash = Sha256.of("shop");
        keys.add(hash, SHOP);
        keys.add(hash, DESK);

        assertThat(keys.owner(hash)).isNull();
    }
}
