package io.paidonce.streams;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One cache and one budget of write buffers for all stores of a process. Without it every store
 * brings its own, off the heap, and the process is killed by the system instead of by a number we
 * chose.
 */
final class RocksDbMemory implements AutoCloseable {

  /** The configuration's key under which the setter finds this object. */
  static final String CONFIG_KEY = "paidonce.rocksdb.memory";

  static {
    RocksDB.loadLibrary();
  }

  private final Cache cache;
  private final WriteBufferManager writeBuffers;

  RocksDbMemory(int mib) {
    long bytes = mib * 1024L * 1024L;
    cache = new LRUCache(bytes, -1, false, 0.1);
    // Write buffers are charged to the cache, so that both together stay within the budget.
    writeBuffers = new WriteBufferManager(bytes / 2, cache);
  }

  @Override
  public void close() {
    writeBuffers.close();
    cache.close();
  }

  /** Made by Kafka Streams for each store, by name. */
  public static final class Setter implements RocksDBConfigSetter {

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
      if (!(configs.get(CONFIG_KEY) instanceof RocksDbMemory memory)) {
        throw new IllegalStateException(CONFIG_KEY + " is not set");
      }
      BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
      table.setBlockCache(memory.cache);
      table.setCacheIndexAndFilterBlocks(true);
      table.setPinTopLevelIndexAndFilter(true);
      options.setTableFormatConfig(table);
      options.setWriteBufferManager(memory.writeBuffers);
      // Small buffers flush often enough for the quiet store too: less to restore after a crash.
      options.setWriteBufferSize(4L << 20);
      options.setMaxWriteBufferNumber(2);
    }

    @Override
    public void close(String storeName, Options options) {
      // The cache and the write buffers outlive the store; their owner closes them.
    }
  }
}
