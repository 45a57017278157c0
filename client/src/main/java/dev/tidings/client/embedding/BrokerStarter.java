package dev.tidings.client.embedding;

import java.util.ServiceLoader;

/// Starts brokers in this JVM.
public interface BrokerStarter {
    /// What brokers need.
    int JAVA = 25;

    /// Returns when it listens.
    ///
    /// @throws IllegalStateException that says why it can't be started like this
    EmbeddedBroker start(EmbeddedConfig config);

    /// The one that is on the class path, or on the module path.
    ///
    /// @throws IllegalStateException that says what is missing
    static BrokerStarter find() {
        int java = Runtime.version().feature();
        if (java < JAVA) {
            throw new IllegalStateException("an embedded broker needs Java " + JAVA + ", and this is Java " + java
                    + "; connect to a broker of its own process (Tidings.connect), or stay inside this one"
                    + " (Tidings.inProcess)");
        }
        return ServiceLoader.load(BrokerStarter.class, BrokerStarter.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "an embedded broker needs the module dev.tidings:tidings-embedded: add it to this program"));
    }
}
