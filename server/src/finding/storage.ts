/** Whether a failure is one of the place where checkpoints and savepoints are written. */

/** Exceptions of file systems, and other words of theirs; an `IOException` alone may be anything's. */
const words =
  /\b(?:\w*FileSystem\w*|FileAlreadyExistsException|FileNotFoundException|NoSuchFileException|AccessControlException|AccessDeniedException|AmazonS3Exception|S3Exception|SdkClientException|RemoteException)\b|no space left|disk|quota|mkdirs|director(?:y|ies)|permission|read-only|could not (?:flush|open|create)|(?:file|hdfs|s3[an]?|gs|oss|abfss?|wasbs?|viewfs):\/|broken pipe|connection (?:reset|refused)|timed? ?out/i;

/** Whether the exception, as logged, speaks of a file system. */
export const speaksOfStorage = (exception: string): boolean => words.test(exception);
