package dev.tidings.client;

import dev.tidings.client.http.Endpoint;
import dev.tidings.client.http.Requests;
import dev.tidings.client.listening.Subscription;
import java.net.URI;
import java.util.Locale;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Describes a [Bus], then opens it. Belongs to one thread.
public final class Connecting {
    private static final Logger LOG = LoggerFactory.getLogger(Connecting.class);

    private final String broker;
    private Credentials credentials = Credentials.none();
    private @Nullable SSLContext tls;
    private @Nullable URI source;
    private @Nullable String service;
    private @Nullable String process;
    private Transport transport = Transport.AUTOMATIC;
    private Firing firing = Firing.DEFAULT;
    private @Nullable JsonMapping json;
    private Metrics metrics = Metrics.none();
    private Tracing tracing = Tracing.none();
    private FailureListener onFailure = (event, reason) ->
            LOG.error("the broker refused event {} of {}: {}", event.getId(), event.getSource(), reason.getMessage());

    Connecting(URI broker) {
        String scheme = broker.getScheme();
        if (scheme == null || !scheme.toLowerCase(Locale.ROOT).matches("https?") || broker.getHost() == null) {
            throw new IllegalArgumentException(
                    "a broker's address is like https://events.example or http://localhost:8080, found " + broker);
        }
        String text = broker.toString();
        this.broker = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /// None where it is not called: for brokers that were started with `--insecure`.
    public Connecting credentials(Credentials proof) {
        credentials = proof;
        return this;
    }

    /// For https: whom to trust beside the JDK's authorities, and the certificate that the program shows,
    /// where it has one.
    public Connecting tls(SSLContext context) {
        tls = context;
        return this;
    }

    /// The source of events that name none.
    public Connecting source(URI uri) {
        source = uri;
        return this;
    }

    /// What the program is called in the exchange: with a listener's name it makes the name of a group.
    /// Needed by those who listen. All processes of one service share the events of its listeners.
    public Connecting service(String name) {
        service = name;
        return this;
    }

    /// What this process is called within its service, the same after a restart and no other's: `pm-1`, or the
    /// name of its host. What it had in hand when it ended waits for it, and is the first that it gets, unless it
    /// stays away for longer than the [Listening#ackTimeout], or a minute: then it goes to the others. 1 to 100
    /// letters, digits, `.`, `_` and `-`.
    ///
    /// A random name where it is not called. Then that holds for lost connections only; what a process had in
    /// hand that was killed comes to the others after that time. Closing the bus gives it to them at once.
    public Connecting process(String name) {
        process = name;
        return this;
    }

    /// How events come to listeners; [Transport#AUTOMATIC] where it is not called.
    public Connecting transport(Transport way) {
        transport = way;
        return this;
    }

    /// How fired events are gathered and sent; [Firing#DEFAULT] where it is not called.
    public Connecting firing(Firing how) {
        firing = how;
        return this;
    }

    /// Jackson 3 with its defaults where it is not called.
    public Connecting json(JsonMapping mapping) {
        json = mapping;
        return this;
    }

    /// Is told of fired events that the broker refused; where it is not called, they are logged.
    public Connecting onFailure(FailureListener listener) {
        onFailure = listener;
        return this;
    }

    /// Is told what the bus does; nobody is where it is not called.
    public Connecting metrics(Metrics told) {
        metrics = told;
        return this;
    }

    /// Carries traces with events; nothing does where it is not called.
    public Connecting tracing(Tracing carrier) {
        tracing = carrier;
        return this;
    }

    /// The bus. The broker may be away: what is fired waits for it.
    ///
    /// @throws SpoolException where the directory of [Firing#withSpool] cannot be used, or another bus has it
    public BrokerBus open() {
        Requests requests = new Requests(broker, credentials, tls);
        Endpoint endpoint = new Endpoint(requests);
        Bus bus = new RemoteBus(
                new RemoteBus.Broker(endpoint, endpoint, endpoint, requests::close),
                new RemoteBus.Settings(
                        EventForm.of(source, json).tracedBy(tracing), member(), firing, onFailure, metrics));
        return new ConnectedBus(bus, requests, firing.closing());
    }

    private RemoteBus.@Nullable Member member() {
        if (service == null) {
            return null;
        }
        return process == null
                ? new RemoteBus.Member(service, UUID.randomUUID().toString(), new Subscription.Way(transport, false))
                : new RemoteBus.Member(service, process, new Subscription.Way(transport, true));
    }
}
