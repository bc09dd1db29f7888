// The thread sanitizer does not see the slow path of `Synchronization.Mutex`, which is compiled
// into the system's library, and so reports a race wherever two threads meet at one. A build for
// it, with `-D THREAD_SANITIZER`, takes this lock instead: the same interface over a POSIX mutex,
// which the sanitizer knows. No other build contains it.

#if THREAD_SANITIZER
  #if canImport(Glibc)
    import Glibc
  #else
    import Darwin
  #endif

  /// Shadows `Synchronization.Mutex` in this module.
  final class Mutex<Value>: @unchecked Sendable {
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    /// Apart from the object: a value without a size would lie where the object's class is read.
    private let value = UnsafeMutablePointer<Value>.allocate(capacity: 1)

    init(_ value: Value) {
      self.value.initialize(to: value)
      pthread_mutex_init(lock, nil)
    }

    deinit {
      pthread_mutex_destroy(lock)
      lock.deallocate()
      value.deinitialize(count: 1)
      value.deallocate()
    }

    func withLock<T, Failure: Error>(
      _ body: (inout Value) throws(Failure) -> T
    ) throws(Failure) -> T {
      pthread_mutex_lock(lock)
      defer { pthread_mutex_unlock(lock) }
      return try body(&value.pointee)
    }
  }
#endif
