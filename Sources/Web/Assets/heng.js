// heng
