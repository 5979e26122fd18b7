// panel, telling, public notice, objections and corrections
