package dev.tidings.sample;

import dev.tidings.client.Bus;
import dev.tidings.spring.TidingsListener;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// The payments of orders.
@Service
public class Payments {
    private final JdbcClient database;
    private final Bus bus;

    Payments(JdbcClient database, Bus bus) {
        this.database = database;
        this.bus = bus;
    }

    /// An event may come again, so nothing here does harm the second time: the payment has the order's number, and
    /// the event that tells of it an id that depends on the order alone.
    @TidingsListener(name = "take-payments", types = "Shop.Web.Order.Placed")
    @Transactional
    public void take(Order order) {
        database.sql("MERGE INTO payments (order_number, total) KEY (order_number) VALUES (?, ?)")
                .params(order.order(), order.total())
                .update();
        bus.fire(bus.event("Shop.Web.Order.Paid")
                .id("paid-" + order.order())
                .key("order-" + order.order())
                .data(order)
                .build());
    }

    /// The payment of that order, if it is there already.
    public Optional<Order> of(long order) {
        return database.sql("SELECT order_number AS \"order\", total FROM payments WHERE order_number = ?")
                .param(order)
                .query(Order.class)
                .optional();
    }
}
