"""Are an intervention's goals outcomes that can be measured, or volumes, activities or vague hopes?"""
