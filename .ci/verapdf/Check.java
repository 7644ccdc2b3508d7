import java.io.FileInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Judges PDF files by PDF/UA-1 and PDF/A-3A with the engine of veraPDF; a line for every rule that a file breaks. */
public final class Check {
  private static final String[] FLAVOURS = {"ua1", "3a"};
  private static final int MOST_MESSAGES = 200;

  private Check() {}

  public static void main(String[] files) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    boolean sound = true;
    for (String file : files) {
      for (String flavour : FLAVOURS) {
        Map<String, String> failures = failures(file, PDFAFlavour.fromString(flavour));
        System.out.println(file + "\t" + flavour + "\t" + (failures.isEmpty() ? "passed" : "failed"));
        failures.forEach((rule, message) -> System.out.println("\t" + rule + "\t" + message));
        sound &= failures.isEmpty();
      }
    }
    System.exit(sound ? 0 : 1);
  }

  private static Map<String, String> failures(String file, PDFAFlavour flavour) throws Exception {
    Map<String, String> found = new TreeMap<>();
    try (InputStream stream = new FileInputStream(file);
        PDFAParser parser = Foundries.defaultInstance().createParser(stream, flavour);
        PDFAValidator validator =
            Foundries.defaultInstance().createValidator(flavour, MOST_MESSAGES, false, false, false)) {
      ValidationResult result = validator.validate(parser);
      for (TestAssertion assertion : result.getTestAssertions()) {
        if (assertion.getStatus() == TestAssertion.Status.FAILED) {
          String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
          found.putIfAbsent(rule, assertion.getMessage().replaceAll("\\s+", " "));
        }
      }
      if (!result.isCompliant() && found.isEmpty()) {
        found.put("file", "not compliant");
      }
    }
    return found;
  }
}
