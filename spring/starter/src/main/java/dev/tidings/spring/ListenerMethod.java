package dev.tidings.spring;

import dev.tidings.client.DeadEventException;
import dev.tidings.client.EventHandler;
import dev.tidings.client.JsonMapping;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;

/// A method of a bean as a handler of events.
final class ListenerMethod implements EventHandler {
    private static final ResolvableType ANY_OBJECT =
            ResolvableType.forClassWithGenerics(Map.class, String.class, Object.class);

    private final Object bean;
    private final Method method;
    private final List<Class<?>> parameters;
    private final JsonMapping json;

    /// @param method as the bean's class declares it
    /// @throws IllegalArgumentException where it is no method that can handle events
    ListenerMethod(Object bean, Method method, JsonMapping json) {
        this.bean = bean;
        this.method = AopUtils.selectInvocableMethod(method, bean.getClass());
        this.parameters = parameters(method);
        this.json = json;
        ReflectionUtils.makeAccessible(this.method);
    }

    private static List<Class<?>> parameters(Method method) {
        Class<?> returned = method.getReturnType();
        require(
                returned == void.class || CompletionStage.class.isAssignableFrom(returned),
                "it returns nothing, or a CompletionStage; found " + returned.getSimpleName());
        List<Class<?>> parameters = new ArrayList<>();
        int payloads = 0;
        for (int i = 0; i < method.getParameterCount(); i++) {
            ResolvableType type = ResolvableType.forMethodParameter(method, i);
            parameters.add(type.toClass());
            if (type.toClass() != CloudEvent.class) {
                requirePayload(type);
                payloads++;
            }
        }
        require(
                payloads <= 1 && parameters.size() - payloads <= 1 && !parameters.isEmpty(),
                "it takes the payload, or the CloudEvent, or both; found " + parameters.size() + " parameters");
        return List.copyOf(parameters);
    }

    private static void requirePayload(ResolvableType type) {
        Class<?> payload = type.toClass();
        require(
                !CloudEventData.class.isAssignableFrom(payload) && payload != byte[].class,
                "a payload is read from JSON: for its bytes take the CloudEvent; found " + payload.getSimpleName());
        require(
                !type.hasGenerics() || ANY_OBJECT.isAssignableFrom(type),
                "a payload is of a plain class or a Map<String, Object>; found " + type);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /// Whether an event is handled not when the call is over, but when the stage completes that it returns.
    boolean isAsynchronous() {
        return method.getReturnType() != void.class;
    }

    @Override
    public void handle(CloudEvent event) throws Exception {
        call(event);
    }

    /// Begins to handle the event, with a method that is asynchronous.
    CompletionStage<?> begin(CloudEvent event) throws Exception {
        Object stage = call(event);
        if (stage == null) {
            throw new IllegalStateException(this + " returned null instead of a CompletionStage");
        }
        return (CompletionStage<?>) stage;
    }

    private @Nullable Object call(CloudEvent event) throws Exception {
        @Nullable Object[] arguments = new @Nullable Object[parameters.size()];
        for (int i = 0; i < arguments.length; i++) {
            Class<?> parameter = parameters.get(i);
            arguments[i] = parameter == CloudEvent.class ? event : payload(event, parameter);
        }
        try {
            return method.invoke(bean, arguments);
        } catch (InvocationTargetException thrown) {
            Throwable cause = thrown.getTargetException();
            if (cause instanceof Error error) {
                throw error;
            }
            throw (Exception) cause;
        }
    }

    private Object payload(CloudEvent event, Class<?> type) {
        CloudEventData data = event.getData();
        if (data == null) {
            throw new DeadEventException("it has no data, expected " + type.getSimpleName());
        }
        try {
            return json.read(data.toBytes(), type);
        } catch (RuntimeException unreadable) {
            throw new DeadEventException(
                    "its data is no " + type.getSimpleName() + ": " + unreadable.getMessage(), unreadable);
        }
    }

    @Override
    public String toString() {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }
}
