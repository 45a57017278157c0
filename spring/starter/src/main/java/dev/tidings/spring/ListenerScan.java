package dev.tidings.spring;

import dev.tidings.client.AsyncHandler;
import dev.tidings.client.EventHandler;
import dev.tidings.client.JsonMapping;
import dev.tidings.client.Listening;
import dev.tidings.client.inbox.JdbcInbox;
import dev.tidings.model.ClientName;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.StringUtils;

/// Finds the methods that listen, and says what is wrong with one that can't.
final class ListenerScan {
    private static final Logger LOG = LoggerFactory.getLogger(ListenerScan.class);
    private static final ClientName ANYBODY = new ClientName("anybody");

    private final ConfigurableListableBeanFactory beans;
    private final TidingsProperties.ListenerProperties defaults;
    private final JsonMapping json;
    private final ObjectProvider<JdbcInbox> inbox;

    ListenerScan(ConfigurableListableBeanFactory beans, TidingsProperties.ListenerProperties defaults) {
        this.beans = beans;
        this.defaults = defaults;
        this.json = beans.getBean(JsonMapping.class);
        this.inbox = beans.getBeanProvider(JdbcInbox.class);
    }

    /// What was found.
    record Found(Listening listening, ListenerMethod method, EventHandler handler, boolean autoStartup) {}

    /// All of them, by name, in the order of the beans.
    ///
    /// @throws IllegalStateException where one can't listen
    Map<String, Found> find() {
        Map<String, Found> found = new LinkedHashMap<>();
        for (String name : beans.getBeanNamesForType(Object.class)) {
            Class<?> type =
                    ScopedProxyUtils.isScopedTarget(name) ? null : AutoProxyUtils.determineTargetClass(beans, name);
            if (type != null && AnnotationUtils.isCandidateClass(type, TidingsListener.class)) {
                methods(type).forEach((method, annotation) -> add(found, found(name, method, annotation)));
            }
        }
        return found;
    }

    private static Map<Method, TidingsListener> methods(Class<?> type) {
        MethodIntrospector.MetadataLookup<@Nullable TidingsListener> annotation =
                method -> AnnotatedElementUtils.findMergedAnnotation(method, TidingsListener.class);
        try {
            return MethodIntrospector.selectMethods(type, annotation);
        } catch (IllegalStateException unseen) { // it names classes that the program does without: none of ours
            LOG.debug("no listeners are looked for in {}", type, unseen);
            return Map.of();
        }
    }

    private static void add(Map<String, Found> all, Found one) {
        Found other = all.putIfAbsent(one.listening.name(), one);
        if (other != null) {
            throw new IllegalStateException("two @TidingsListener have the name '" + one.listening.name() + "', "
                    + other.method + " and " + one.method
                    + ": they would share their events instead of getting all of them each; give each its own");
        }
    }

    private Found found(String bean, Method method, TidingsListener annotation) {
        try {
            Listening listening = listening(annotation);
            ListenerMethod listener = new ListenerMethod(beans.getBean(bean), method, json);
            EventHandler handler = annotation.once() ? once(listening.name(), listener) : handler(listener);
            return new Found(listening, listener, handler, switchedOn(annotation.autoStartup()));
        } catch (IllegalArgumentException | IllegalStateException wrong) {
            throw new IllegalStateException(
                    "@TidingsListener on " + method.getDeclaringClass().getName() + "." + method.getName() + ": "
                            + wrong.getMessage(),
                    wrong);
        }
    }

    private static EventHandler handler(ListenerMethod method) {
        return method.isAsynchronous() ? AsyncHandler.of(method::begin) : method;
    }

    private EventHandler once(String listener, ListenerMethod method) {
        if (method.isAsynchronous()) {
            throw new IllegalArgumentException("once: expected a method that returns nothing, for its transaction ends"
                    + " with the call, and so before a stage completes");
        }
        JdbcInbox only = inbox.getIfUnique();
        if (only == null) {
            throw new IllegalStateException("once: expected a bean of JdbcInbox, which there is by itself where the"
                    + " program has spring-jdbc, one DataSource and one PlatformTransactionManager");
        }
        return only.once(listener, (connection, event) -> method.handle(event));
    }

    private Listening listening(TidingsListener annotation) {
        Listening listening = defaults.listening(name(annotation), types(annotation));
        listening = with(listening, text(annotation.from()), Listening::from);
        listening = with(listening, text(annotation.filter()), Listening::filter);
        listening = with(listening, number("concurrency", annotation.concurrency()), Listening::concurrency);
        listening = with(listening, number("inflight", annotation.inflight()), Listening::inflight);
        listening = with(listening, time(annotation.ackTimeout()), Listening::ackTimeout);
        listening = with(listening, time(annotation.backOff()), Listening::backOff);
        listening = with(listening, number("maxDeliveries", annotation.maxDeliveries()), Listening::maxDeliveries);
        Integer attempts = number("attempts", annotation.attempts());
        return attempts == null
                ? listening
                : listening.retrying(defaults.retry().retrying(attempts));
    }

    private static <T> Listening with(
            Listening listening, @Nullable T value, BiFunction<Listening, T, Listening> setting) {
        return value == null ? listening : setting.apply(listening, value);
    }

    private @Nullable String text(String written) {
        String value = resolved(written);
        return value.isEmpty() ? null : value;
    }

    private @Nullable Duration time(String written) {
        String value = text(written);
        return value == null ? null : DurationStyle.detectAndParse(value);
    }

    private String name(TidingsListener annotation) {
        String name = resolved(annotation.name());
        if (GroupName.parse(ANYBODY, name).isEmpty()) {
            throw new IllegalArgumentException("its name is letters, digits, '.', '_' and '-'; found '" + name + "'");
        }
        return name;
    }

    private List<String> types(TidingsListener annotation) {
        List<String> types = new ArrayList<>();
        for (String written : annotation.types()) {
            for (String type : StringUtils.commaDelimitedListToStringArray(resolved(written))) {
                types.add(new EventType(type.strip()).value());
            }
        }
        return types;
    }

    private @Nullable Integer number(String attribute, String written) {
        String value = resolved(written);
        try {
            return value.isEmpty() ? null : Integer.valueOf(value);
        } catch (NumberFormatException none) {
            throw new IllegalArgumentException(attribute + ": expected a number, found '" + value + "'", none);
        }
    }

    private boolean switchedOn(String written) {
        String value = resolved(written);
        if (!value.matches("|true|false")) {
            throw new IllegalArgumentException("autoStartup: expected true or false, found '" + value + "'");
        }
        return value.isEmpty() ? defaults.autoStartup() : Boolean.parseBoolean(value);
    }

    private String resolved(String written) {
        String value = beans.resolveEmbeddedValue(written);
        return value == null ? "" : value.strip();
    }
}
