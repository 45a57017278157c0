package dev.tidings.outbox;

import io.cloudevents.CloudEvent;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/// What a relay does with database and broker, step by step; something happens before one of them.
final class Steps {
    private static final Set<String> OF_A_CONNECTION = Set.of("commit", "rollback");
    private static final Set<String> OF_A_STATEMENT =
            Set.of("execute", "executeQuery", "executeUpdate", "executeBatch");

    /// What has been done, for people.
    final List<String> done = new ArrayList<>();

    private final int last;
    private final Fault fault;

    /// Something that happens.
    interface Fault {
        void strike(Connection connection) throws Exception;
    }

    /// The process was killed.
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private Steps(int last, Fault fault) {
        this.last = last;
        this.fault = fault;
    }

    static Steps undisturbed() {
        return new Steps(Integer.MAX_VALUE, connection -> {});
    }

    /// @param step counted from 0
    static Steps faultBefore(int step, Fault fault) {
        return new Steps(step, fault);
    }

    /// The relay's process is killed: its connection ends, and nothing more is done.
    static Steps killedBefore(int step) {
        return new Steps(step, connection -> {
            Cut.through(connection);
            throw new Killed();
        });
    }

    /// @param struck the fault's connection
    private void step(String name, Connection struck) throws Exception {
        if (done.size() == last) { // and remains so where the process is gone
            fault.strike(struck);
        }
        done.add(name);
    }

    Connection connection(DataSource database) throws Exception {
        Connection real = database.getConnection();
        return proxy(Connection.class, (method, args) -> {
            if (OF_A_CONNECTION.contains(method.getName())) {
                step(method.getName(), real);
            }
            Object result = call(real, method, args);
            return result instanceof PreparedStatement prepared
                    ? statement(PreparedStatement.class, prepared, real)
                    : result instanceof Statement plain ? statement(Statement.class, plain, real) : result;
        });
    }

    private <S> S statement(Class<S> type, S real, Connection connection) {
        return proxy(type, (method, args) -> {
            if (OF_A_STATEMENT.contains(method.getName())) {
                step(args == null ? method.getName() : String.valueOf(args[0]), connection);
            }
            return call(real, method, args);
        });
    }

    Publishing publishing(Publishing broker, Connection connection) {
        return (List<CloudEvent> events) -> {
            try {
                step("publish " + events.size(), connection);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return broker.publish(events);
        };
    }

    private interface Call {
        Object of(Method method, Object[] args) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                Steps.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> call.of(method, args)));
    }

    private static Object call(Object real, Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(real, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
