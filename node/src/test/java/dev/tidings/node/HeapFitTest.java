package dev.tidings.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.callback.CallbackConfig;
import dev.tidings.engine.segmented.SegmentedConfig;
import dev.tidings.model.DataSize;
import org.junit.jupiter.api.Test;

class HeapFitTest {
    @Test
    void leavesWhatFitsAsItIs() {
        assertThat(HeapFit.of(NodeConfig.DEFAULT, DataSize.ofGibibytes(2))).isEqualTo(NodeConfig.DEFAULT);
    }

    @Test
    void makesTheDefaultsFitIntoHalfOfASmallHeap() {
        NodeConfig fitted = HeapFit.of(NodeConfig.DEFAULT, DataSize.ofMebibytes(128));

        long taken = 2 * fitted.store().stage().tailMemory().bytes()
                + fitted.store().commit().queue().bytes()
                + fitted.server().http().limits().bodies().bytes()
                + fitted.broker().consuming().kept().bytes()
                + 150L * fitted.broker().consuming().unsettled()
                + 384L * 1024 * fitted.broker().payloads().transfers()
                + 2 * fitted.callbacks().memory().bytes();
        assertThat(taken).isLessThanOrEqualTo(DataSize.ofMebibytes(64).bytes());
    }

    @Test
    void leavesWhatIsConfiguredAndLetsTheRestGiveWay() {
        NodeConfig configured = tails(DataSize.ofMebibytes(50));

        NodeConfig fitted = HeapFit.of(configured, DataSize.ofMebibytes(300));

        assertThat(fitted.store().stage().tailMemory()).isEqualTo(DataSize.ofMebibytes(50));
        assertThat(fitted.server().http().limits().bodies())
                .isLessThan(NodeConfig.DEFAULT.server().http().limits().bodies());
    }

    @Test
    void countsWhatSubscriptionsMayHoldTogether() {
        NodeConfig configured =
                NodeConfig.DEFAULT.withCallbacks(CallbackConfig.DEFAULT.withMemory(DataSize.ofMebibytes(500)));

        assertThatThrownBy(() -> HeapFit.of(configured, DataSize.ofMebibytes(512)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("callbacks.memory");
    }

    @Test
    void refusesAHeapThatIsTooSmallForWhatIsConfigured() {
        NodeConfig configured = tails(DataSize.ofMebibytes(500));

        assertThatThrownBy(() -> HeapFit.of(configured, DataSize.ofMebibytes(512)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("the heap of 512MiB is too small")
                .hasMessageContaining("store.stage.tail-memory");
    }

    private static NodeConfig tails(DataSize tails) {
        SegmentedConfig store = NodeConfig.DEFAULT.store();
        return NodeConfig.DEFAULT.withStore(
                store.withMemory(tails, store.commit().queue()));
    }
}
