// upload-queue
