// Runs HeidelTime on lines "date TAB text" (line breaks as \n) and prints: CPU seconds, expressions, failures, MiB.
import de.unihd.dbs.heideltime.standalone.*;
import de.unihd.dbs.heideltime.standalone.components.ResultFormatter;
import de.unihd.dbs.uima.annotator.heideltime.resources.Language;
import de.unihd.dbs.uima.types.heideltime.Timex3;
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.text.SimpleDateFormat;
import java.util.List;
import java.util.Locale;
import org.apache.uima.jcas.JCas;

public class HeidelTimeRun {
    public static void main(String[] arguments) throws Exception {
        var system = (com.sun.management.OperatingSystemMXBean) java.lang.management.ManagementFactory.getOperatingSystemMXBean();
        var tagger = new HeidelTimeStandalone(
            Language.getLanguageFromString("auto-indonesian"), DocumentType.NEWS, OutputType.TIMEML, arguments[0], POSTagger.NO, false);
        var days = new SimpleDateFormat("yyyy-MM-dd");
        int[] found = {0};
        ResultFormatter counter = (JCas document) -> {
            var all = document.getAnnotationIndex(Timex3.type).iterator();
            while (all.hasNext()) {
                all.next();
                found[0]++;
            }
            return "";
        };
        var output = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        int failed = 0;
        long before = system.getProcessCpuTime();
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line; (line = input.readLine()) != null; ) {
            String[] parts = line.split("\t", 2);
            try {
                tagger.process(parts[1].replace("\\n", "\n"), days.parse(parts[0]), counter);
            } catch (Throwable problem) {
                failed++;
            }
        }
        double seconds = (system.getProcessCpuTime() - before) / 1e9;
        List<String> status = Files.readAllLines(Path.of("/proc/self/status"));
        String peak = status.stream().filter(line -> line.startsWith("VmHWM:")).findFirst().get().replaceAll("[^0-9]", "");
        output.printf(Locale.ROOT, "%.3f %d %d %.1f%n", seconds, found[0], failed, Integer.parseInt(peak) / 1024.0);
    }
}
