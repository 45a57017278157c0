package dev.tidings.dist.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.tidings.node.LogConfig;
import java.io.PrintStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sets the logging of the process up.
public final class Logging {
    private Logging() {}

    /// From now on everything is logged as `config` says.
    public static void start(LogConfig config, PrintStream to) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            throw new IllegalStateException("logback is not the logging of this process");
        }
        context.reset();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setEncoder(encoder(config.format(), context));
        appender.setOutputStream(to);
        appender.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(level(config.level()));
        root.addAppender(appender);
        // The libraries' own news are of no use below a warning.
        for (String library : new String[] {"io.netty", "io.vertx", "com.networknt", "com.nimbusds"}) {
            context.getLogger(library).setLevel(ch.qos.logback.classic.Level.WARN);
        }
    }

    private static Encoder<ILoggingEvent> encoder(LogConfig.Format format, LoggerContext context) {
        return switch (format) {
            case JSON -> json(context);
            case TEXT -> text(context);
        };
    }

    private static Encoder<ILoggingEvent> json(LoggerContext context) {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithContext(false);
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.setWithFormattedMessage(true);
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> text(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} %msg%n");
        encoder.start();
        return encoder;
    }

    private static ch.qos.logback.classic.Level level(LogConfig.Level level) {
        return switch (level) {
            case ERROR -> ch.qos.logback.classic.Level.ERROR;
            case WARN -> ch.qos.logback.classic.Level.WARN;
            case INFO -> ch.qos.logback.classic.Level.INFO;
            case DEBUG -> ch.qos.logback.classic.Level.DEBUG;
        };
    }
}
