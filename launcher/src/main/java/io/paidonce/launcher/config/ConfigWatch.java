package io.paidonce.launcher.config;

import io.paidonce.launcher.config.FilesRead.FileState;
import java.nio.file.Path;
import java.util.Map;

/**
 * Notices that a configuration, or a file that it refers to, is another one than was read. Looks at
 * the files again and again, since no other way sees all of them: file events don't cross network
 * file systems, and a mounted secret changes by a link two directories up. A change counts once two
 * looks in a row have found the same, so that a file is not read half written.
 */
public final class ConfigWatch {

  private FilesRead read;
  private Map<Path, FileState> lastLook;

  /**
   * @param read filled by the reading of the configuration that is used
   */
  public ConfigWatch(FilesRead read) {
    this.read = read;
    this.lastLook = read.then();
  }

  /** One look: whether it is time to read again. */
  public boolean isChanged() {
    Map<Path, FileState> look = read.now();
    boolean resting = look.equals(lastLook);
    lastLook = look;
    return resting && !look.equals(read.then());
  }

  /** It was read again, whatever came of it: from here on these files count, as they were then. */
  public void follow(FilesRead next) {
    read = next;
    lastLook = next.then();
  }
}
