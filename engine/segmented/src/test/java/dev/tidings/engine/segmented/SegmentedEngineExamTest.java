package dev.tidings.engine.segmented;

import dev.tidings.engine.testkit.exam.CorruptionContract;
import dev.tidings.engine.testkit.exam.CursorsContract;
import dev.tidings.engine.testkit.exam.DeduplicationContract;
import dev.tidings.engine.testkit.exam.DiskFaultsContract;
import dev.tidings.engine.testkit.exam.EventLogContract;
import dev.tidings.engine.testkit.exam.Examinee;
import dev.tidings.engine.testkit.exam.OracleContract;
import dev.tidings.engine.testkit.exam.ReadingContract;
import dev.tidings.engine.testkit.exam.RecoveryContract;
import dev.tidings.engine.testkit.exam.RetentionContract;
import dev.tidings.engine.testkit.exam.StateTablesContract;
import java.time.InstantSource;
import org.junit.jupiter.api.Nested;

class SegmentedEngineExamTest {
    @Nested
    class Log extends EventLogContract {
        @Override
        protected Examinee examinee(InstantSource clock) {
            return SmallStores.examinee(clock);
        }
    }

    @Nested
    class Reading extends ReadingContract {
        @Override
        protected Examinee examinee(InstantSource clock) {
            return SmallStores.examinee(clock);
        }
    }

    @Nested
    class Deduplication extends DeduplicationContract {
        @Override
        protected Examinee examinee(InstantSource clock) {
            return SmallStores.examinee(clock);
        }
    }

    @Nested
    class Cursors extends CursorsContract {
        @Override
        protected Examinee examinee(InstantSource clock) {
            return SmallStores.examinee(clock);
        }
    }

    @Nested
    class StateTables extends StateTablesContract {
        @Override
        protected Examinee examinee(InstantSource clock) {
            return SmallStores.examinee(clock);
        }
    }

    @Nested
    class Retention extends RetentionContract {
        @Override
        protected Examinee examinee(InstantSource clock) {
            return SmallStores.examinee(clock);
        }
    }

    @Nested
    class Recovery extends RecoveryContract {
        @Override
        protected Examinee examinee(InstantSource clock) {
            return SmallStores.tiny(clock);
        }
    }

    @Nested
    class Oracle extends OracleContract {
        @Override
        protected Examinee examinee(InstantSource clock) {
            return SmallStores.tiny(clock);
        }
    }

    @Nested
    class DiskFaults extends DiskFaultsContract {
        @Override
        protected Examinee examinee(InstantSource clock) {
            return SmallStores.examinee(clock);
        }
    }

    @Nested
    class Corruption extends CorruptionContract {
        @Override
        protected Examinee examinee(InstantSource clock) {
            return SmallStores.tiny(clock);
        }
    }
}
