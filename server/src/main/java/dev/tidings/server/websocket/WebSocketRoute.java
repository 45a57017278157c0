package dev.tidings.server.websocket;

import dev.tidings.broker.consuming.Instance;
import dev.tidings.broker.consuming.Instances;
import dev.tidings.broker.consuming.Opened;
import dev.tidings.broker.consuming.Opening;
import dev.tidings.model.ClientName;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Query;
import dev.tidings.server.http.Route;
import dev.tidings.server.polling.OpeningQuery;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.concurrent.Executor;

/// `GET /ce/consume/ws`. Everything that can be refused is refused as HTTP, before the upgrade: the handshake, the
/// parameters, one connection too many, and what the broker has against the instance.
public final class WebSocketRoute implements Route {
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final Instances instances;
    private final Connections connections;
    private final WebSocketParts parts;

    public WebSocketRoute(Instances instances, Connections connections, WebSocketParts parts) {
        this.instances = instances;
        this.connections = connections;
        this.parts = parts;
    }

    @Override
    public void handle(Exchange exchange) {
        Refusal objection = Handshake.objection(exchange.request());
        if (objection != null) {
            exchange.refuse(objection);
            return;
        }
        Query query = exchange.query();
        Opening opening = OpeningQuery.read(query);
        Refusal refusal = query.refusal();
        if (refusal == null) {
            admit(exchange, opening);
        } else {
            exchange.refuse(refusal);
        }
    }

    private void admit(Exchange exchange, Opening opening) {
        ClientName client = exchange.caller().client();
        if (connections.admit(client)) {
            open(exchange, opening);
        } else {
            exchange.refuse(Refusal.retryable(
                    ErrorCode.OVER_QUOTA,
                    client + " has " + connections.most(client)
                            + " WebSocket connections open, as many as it may; close one first",
                    RETRY));
        }
    }

    private void open(Exchange exchange, Opening opening) {
        SessionOutlet outlet = new SessionOutlet(exchange.loop());
        var opened = instances.open(exchange.caller(), opening, outlet).whenComplete((answer, _) -> {
            if (!(answer instanceof Opened.Open)) {
                connections.release(exchange.caller().client());
            }
        });
        exchange.go(opened, answer -> {
            switch (answer) {
                case Opened.Open open -> exchange.onLoop(() -> upgrade(exchange, open.instance(), outlet));
                case Opened.Refused refused -> exchange.refuse(refused.refusal());
            }
        });
    }

    private void upgrade(Exchange exchange, Instance instance, SessionOutlet outlet) {
        if (exchange.over()) {
            abandon(exchange, instance);
            exchange.answer(Answer.NO_CONTENT); // read by nobody: it ends the exchange
            return;
        }
        exchange.request().toWebSocket().onComplete(upgraded -> {
            if (upgraded.succeeded()) {
                exchange.upgraded();
                serve(new Consumer(exchange, instance, outlet), upgraded.result());
            } else {
                abandon(exchange, instance);
                exchange.answer(Answer.NO_CONTENT); // the client has left
            }
        });
    }

    private void abandon(Exchange exchange, Instance instance) {
        instance.close();
        connections.release(exchange.caller().client());
    }

    private void serve(Consumer consumer, ServerWebSocket socket) {
        ChannelHandlerContext context = Pipelines.pave(socket);
        WebSocketConfig config = parts.config();
        Executor loop = consumer.exchange.loop();
        SessionOutlet outlet = consumer.outlet;
        Outbox outbox = new Outbox(context, config.timing().closing());
        Session session = new Session(consumer.instance, outbox, loop, parts);
        Pipelines.take(context, new Inbox(session, outbox, config), config, () -> {
            outlet.attach(session);
            session.start();
        });
        var connection = connections.opened(consumer.exchange.caller().client(), session, loop);
        Pipelines.every(context, config.timing().ping(), session::tick);
        context.channel().closeFuture().addListener(_ -> {
            session.left();
            connection.closed();
        });
    }

    /// What became one connection.
    private record Consumer(Exchange exchange, Instance instance, SessionOutlet outlet) {}
}
