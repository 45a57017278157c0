package dev.tidings.dist;

import dev.tidings.cli.Complaint;
import dev.tidings.cli.Reasons;
import dev.tidings.dist.config.ConfigReader;
import dev.tidings.node.NodeConfig;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the configuration of a node.
final class ConfigFiles {
    private ConfigFiles() {}

    /// What the file and the environment say, over the defaults. A [Complaint] says what is wrong.
    ///
    /// @param file null: there is none
    static NodeConfig read(@Nullable Path file, Map<String, String> environment) {
        ConfigReader.Source source = file == null ? null : new ConfigReader.Source(file.toString(), text(file));
        try {
            return ConfigReader.read(NodeConfig.DEFAULT, source, environment);
        } catch (IllegalArgumentException wrong) {
            throw Complaint.wrongInput(String.valueOf(wrong.getMessage()));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw Complaint.wrongInput(file + ": this is not UTF-8 text");
        } catch (IOException e) {
            throw Complaint.wrongInput(
                    "cannot read " + (Files.isDirectory(file) ? file + ": this is a directory" : Reasons.of(e)));
        }
    }
}
