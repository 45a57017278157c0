package dev.tidings.server.tls;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The textual encoding of keys and certificates (RFC 7468).
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----", Pattern.DOTALL);

    private Pem() {}

    /// The blocks of a file in order. What stands between them is ignored.
    static List<Block> blocks(byte[] file) throws TlsProblem {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(new String(file, StandardCharsets.ISO_8859_1));
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), decode(matcher.group(1), matcher.group(2))));
        }
        return blocks;
    }

    private static byte[] decode(String label, String body) throws TlsProblem {
        if (body.contains("Proc-Type:")) {
            throw new TlsProblem("the key is encrypted; give an unencrypted one, or a PKCS#12 store with a password");
        }
        try {
            return Base64.getMimeDecoder().decode(body.strip());
        } catch (IllegalArgumentException e) {
            throw new TlsProblem("the block " + label + " is not base64: " + e.getMessage());
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared as a record
    record Block(String label, byte[] der) {}
}
