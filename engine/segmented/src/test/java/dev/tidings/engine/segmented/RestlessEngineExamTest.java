package dev.tidings.engine.segmented;

import dev.tidings.engine.testkit.exam.CorruptionContract;
import dev.tidings.engine.testkit.exam.Examinee;
import dev.tidings.engine.testkit.exam.OracleContract;
import dev.tidings.engine.testkit.exam.RecoveryContract;
import dev.tidings.engine.testkit.exam.RetentionContract;
import java.time.InstantSource;
import org.junit.jupiter.api.Nested;

/// The parts of the exam that depend on when checkpoints come, with checkpoints all the time.
class RestlessEngineExamTest {
    @Nested
    class Retention extends RetentionContract {
        @Override
        protected Examinee examinee(InstantSource clock) {
            return SmallStores.restless(clock);
        }
    }

    @Nested
    class Recovery extends RecoveryContract {
        @Override
        protected Examinee examinee(InstantSource clock) {
            return SmallStores.restless(clock);
        }
    }

    @Nested
    class Oracle extends OracleContract {
        @Override
        protected Examinee examinee(InstantSource clock) {
            return SmallStores.restless(clock);
        }
    }

    @Nested
    class Corruption extends CorruptionContract {
        @Override
        protected Examinee examinee(InstantSource clock) {
            return SmallStores.restless(clock);
        }
    }
}
