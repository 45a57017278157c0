package dev.tidings.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;

/// A method that handles events, with the contract of [EventHandler]: an event whose call returns is confirmed,
/// one whose call throws is tried again (or put off, by [dev.tidings.client.RetryLaterException]), and it may come more
/// than once.
///
/// The method belongs to a bean, returns nothing or a [java.util.concurrent.CompletionStage], whose completion is then
/// what confirms (see [dev.tidings.client.AsyncHandler]), and takes the payload, read from JSON as its parameter's
/// class, or the whole event as [io.cloudevents.CloudEvent], or both. It is called through the bean's proxies, so
/// `@Transactional` works.
///
/// All attributes may have placeholders such as `${orders.types}`; an empty one means what `tidings.listener.*` says.
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface TidingsListener {
    /// What the listener is called: with the service's it names its group at the broker. A listener of another
    /// name is another group, which gets all events anew; so it is not taken from the method's.
    String name();

    /// The same as [#value].
    @AliasFor("value")
    String[] types() default {};

    /// The types of the events, each or several with commas between them; fixed once the group exists.
    @AliasFor("types")
    String[] value() default {};

    /// Where a new group begins, see [Listening#from].
    String from() default "";

    /// How many events are handled at the same time, see [Listening#concurrency].
    String concurrency() default "";

    /// How many events the broker sends ahead, see [Listening#inflight].
    String inflight() default "";

    /// For how long an event may be in hand, as `30s`, see [Listening#ackTimeout].
    String ackTimeout() default "";

    /// How often an event is tried in all before it is dead.
    String attempts() default "";

    /// After how many deliveries that ended unconfirmed an event is dead, see [Listening#maxDeliveries].
    String maxDeliveries() default "";

    /// How long an event waits that is put off without saying for how long, as `5s`, see [Listening#backOff].
    String backOff() default "";

    /// Which of the events it gets: the JSON of a filter, see [Listening#filter].
    String filter() default "";

    /// Whether each event takes effect once, however often it comes: the method is called within a transaction,
    /// which commits what it writes together with the mark that the event was handled. Needs a bean of
    /// [dev.tidings.client.inbox.JdbcInbox]; there is one where the program has one database.
    boolean once() default false;

    /// Whether it starts with the program; else with [TidingsListeners#start(String)].
    String autoStartup() default "";
}
