package dev.tidings.testkit;

/// Where assertions begin; to be imported beside those of AssertJ.
public final class TidingsAssertions {
    private TidingsAssertions() {}

    /// About what has happened on the buses of a test.
    public static FlowAssert assertThat(Recorded recorded) {
        return new FlowAssert(recorded);
    }
}
