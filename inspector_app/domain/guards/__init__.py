"""What must hold before a step of a case: one function a guard, told apart by what it is about."""
