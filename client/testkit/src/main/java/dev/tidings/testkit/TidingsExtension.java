package dev.tidings.testkit;

import dev.tidings.client.BrokerBus;
import dev.tidings.client.Bus;
import dev.tidings.client.JsonMapping;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives each test a broker of its own: methods have a parameter of [TestBroker], or of [Bus] (a bus of the service
/// `test`). It is started for the first of them, and closed behind the test.
public final class TidingsExtension implements ParameterResolver, AfterEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(TidingsExtension.class);

    private final TestBroker.Setup setup;

    /// With a broker for which each type exists from its first use.
    public TidingsExtension() {
        this(TestBroker.Setup.DEFAULT);
    }

    private TidingsExtension(TestBroker.Setup setup) {
        this.setup = setup;
    }

    /// @param yaml what exists
    public static TidingsExtension withCatalog(String yaml) {
        return new TidingsExtension(TestBroker.Setup.DEFAULT.withCatalog(yaml));
    }

    /// The same with another mapping of payloads.
    public TidingsExtension json(JsonMapping mapping) {
        return new TidingsExtension(setup.withJson(mapping));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return context.getTestMethod().isPresent()
                && (type == TestBroker.class || type == Bus.class || type == BrokerBus.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        TestBroker broker = context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(TestBroker.class, none -> TestBroker.start(setup), TestBroker.class);
        return parameter.getParameter().getType() == TestBroker.class ? broker : broker.bus("test");
    }

    @Override
    public void afterEach(ExtensionContext context) {
        TestBroker broker = context.getStore(NAMESPACE).remove(TestBroker.class, TestBroker.class);
        if (broker != null) {
            broker.close();
        }
    }
}
