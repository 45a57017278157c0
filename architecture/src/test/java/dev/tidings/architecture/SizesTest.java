package dev.tidings.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SizesTest {
    private static final Path RATCHET = Sources.root().resolve("architecture/src/test/resources/offenders.txt");

    @Test
    void breaksNoWallThatIsNotInTheRatchet() {
        List<String> allowed = Sources.read(RATCHET).lines().toList();

        List<String> offenders = Sizes.offenders(Sources.all());

        assertThat(offenders)
                .as("walls broken; mend them rather than add them to offenders.txt, which may only shrink")
                .isSubsetOf(allowed);
    }

    @Test
    void keepsNobodyInTheRatchetWhoHasMendedTheirWays() {
        List<String> allowed = Sources.read(RATCHET).lines().toList();

        List<String> offenders = Sizes.offenders(Sources.all());

        assertThat(allowed).as("take these lines out of offenders.txt").isSubsetOf(offenders);
    }
}
