package dev.tidings.outbox;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;

/// A connection as a pool gives it out: closing it does not end it.
final class Uncloseable {
    private Uncloseable() {}

    static Connection of(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Uncloseable.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                    try {
                        return method.getName().equals("close") ? null : method.invoke(connection, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
