// windows, quotas, guards, clocks and messages of submissions
