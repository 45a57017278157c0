package dev.tidings.bench;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/// The same HTTP stack as the broker's, which reads a body and answers a receipt without doing any of the work. What it
/// costs is the floor that a figure is to be compared with.
public final class FloorServer {
    private static final Buffer RECEIPT = Buffer.buffer("{\"accepted\":1,\"duplicates\":0}");

    private FloorServer() {}

    public static void main(String[] arguments) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        int port = Integer.parseInt(arguments[arguments.length - 1]);
        vertx.deployVerticle(() -> new Floor(port), new DeploymentOptions().setInstances(2));
    }

    private static void answer(HttpServerRequest request) {
        request.body()
                .onSuccess(body -> request.response()
                        .putHeader("content-type", "application/json")
                        .end(RECEIPT));
    }

    private static final class Floor extends VerticleBase {
        private final int port;

        Floor(int port) {
            this.port = port;
        }

        @Override
        public Future<?> start() {
            return vertx.createHttpServer().requestHandler(FloorServer::answer).listen(port, "127.0.0.1");
        }
    }
}
